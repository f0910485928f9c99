#include "ssprotect/kodiac/http/api.h"

#include <iostream>

/// Writes docs/kodiac-api.md to its standard output.
int main() {
    std::cout << ssprotect::kodiac::http::apiMarkdown();
    return 0;
}
