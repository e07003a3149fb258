#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace rosterd::directory {

/// A folder for programs of a test and what they write; SIGPIPE is ignored as in a server.
class Scripts {
 public:
  Scripts() : folder_("/tmp/rosterd-send-XXXXXX") {
    (void)std::signal(SIGPIPE, SIG_IGN);
    if (::mkdtemp(folder_.data()) == nullptr) std::abort();
  }
  Scripts(const Scripts&) = delete;
  Scripts& operator=(const Scripts&) = delete;
  ~Scripts() { std::filesystem::remove_all(folder_); }

  /// The path of a shell script whose folder is its working directory.
  std::string Make(const std::string& name, const std::string& lines) const {
    std::ofstream(Path(name)) << "#!/bin/sh\ncd \"${0%/*}\"\n" << lines << '\n';
    ::chmod(Path(name).c_str(), 0700);
    return Path(name);
  }
  std::string Path(const std::string& name) const { return folder_ + '/' + name; }
  std::string Read(const std::string& name) const {
    std::ifstream file(Path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

 private:
  std::string folder_;
};

}  // namespace rosterd::directory
