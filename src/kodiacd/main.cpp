#include "run.h"
#include "ssprotect/crypto/system_random.h"
#include "ssprotect/platform/console_program.h"
#include "ssprotect/platform/hardening.h"

int main(int count, char** arguments) {
    const ssprotect::platform::ConsoleProgram program(count, arguments);
    ssprotect::platform::hardenProcess();
    ssprotect::crypto::startSecureHeap();
    return ssprotect::kodiacd::run(program.arguments());
}
