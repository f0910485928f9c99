#include "run.h"

int main(int count, char** arguments) { return ssprotect::cli::run({arguments + 1, arguments + count}); }
