/// The application that tests open documents with:
///   editor append TEXT DOCUMENT         adds TEXT at the end and ends
///   editor hold FOLDER TEXT DOCUMENT    adds TEXT, makes FOLDER/running, ends once FOLDER/close is there

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

namespace {

bool append(const std::filesystem::path& document, const std::string& text) {
    std::ofstream file(document, std::ios::binary | std::ios::app);
    file << text;
    return file.good();
}

} // namespace

int main(int argc, char** argv) {
    const std::string task = argc > 1 ? argv[1] : "";
    if (task == "append" && argc == 4)
        return append(argv[3], argv[2]) ? 0 : 1;
    if (task != "hold" || argc != 5 || !append(argv[4], argv[3]))
        return 1;
    const std::filesystem::path folder = argv[2];
    std::ofstream(folder / "running") << "yes";
    // Kept open, as an editor does that locks its document.
    const std::ifstream open(argv[4]);
    while (!std::filesystem::exists(folder / "close"))
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return 0;
}
