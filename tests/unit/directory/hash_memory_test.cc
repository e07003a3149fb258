#include <dlfcn.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace {

constexpr size_t kSize = size_t{19} << 20U;

/// Memory of its own, as libsodium asks for it apart from `flags`.
class Memory {
 public:
  explicit Memory(int flags)
      : start_(::mmap(nullptr, kSize, PROT_READ | PROT_WRITE, flags, -1, 0)) {}
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() { ::munmap(start_, kSize); }

  /// What the kernel says about the mapping that holds its middle.
  std::string Flags() const {
    const auto middle = reinterpret_cast<uintptr_t>(start_) + kSize / 2;
    std::ifstream maps("/proc/self/smaps");
    bool here = false;
    for (std::string line; std::getline(maps, line);) {
      uintptr_t from = 0;
      uintptr_t to = 0;
      char dash = 0;
      std::istringstream range(line);
      if (range >> std::hex >> from >> dash >> to && dash == '-') {
        here = from <= middle && middle < to;
      }
      if (here && line.starts_with("VmFlags:")) return line + ' ';
    }
    return "";
  }

 private:
  void* start_;
};

TEST(HashMemory, IsAskedForInHugePages) {
  if (!std::filesystem::exists("/sys/kernel/mm/transparent_hugepage")) GTEST_SKIP();
  const Memory memory(MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE);
  EXPECT_NE(memory.Flags().find(" hg "), std::string::npos) << memory.Flags();
}

TEST(HashMemory, LeavesOtherMemoryAlone) {
  const Memory memory(MAP_PRIVATE | MAP_ANONYMOUS);
  EXPECT_EQ(memory.Flags().find(" hg "), std::string::npos) << memory.Flags();
}

TEST(HashMemory, IsWhatLibrariesGet) {
  EXPECT_EQ(::dlsym(RTLD_DEFAULT, "mmap"), reinterpret_cast<void*>(&::mmap));
}

}  // namespace
