// The memory of a password hash in huge pages. Linked into the program itself, not into the
// library, so that it is in front of the C library's.
//
// libsodium asks the kernel for 19 MiB for each hash and gives them back. In pages of 4 KiB the
// kernel's work on them is a fifth of a sign-in, and more when two do it at once. libsodium takes
// no memory of its caller's, and its own mmap has no name for huge pages.
#include <dlfcn.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstddef>

namespace {

using Map = void*(void*, size_t, int, int, int, off_t);

constexpr size_t kHugePage = size_t{2} << 20U;
constexpr int kHashFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE;

Map* CLibrarys() {
  static Map* const map = reinterpret_cast<Map*>(::dlsym(RTLD_NEXT, "mmap"));
  return map;
}

}  // namespace

/// mmap(2), with the names of its manual; what is filled at once, belongs to no file and is large
/// is asked for in huge pages. The kernel gives small ones where it has none, or is told to
/// (transparent_hugepage/enabled).
extern "C" [[gnu::visibility("default")]] void* mmap(void* addr, size_t len, int prot, int flags,
                                                     int fd, off_t offset) noexcept {
  if (flags != kHashFlags || len < kHugePage) {
    return CLibrarys()(addr, len, prot, flags, fd, offset);
  }
  void* memory = CLibrarys()(addr, len, prot, flags & ~MAP_POPULATE, fd, offset);
  if (memory == MAP_FAILED) return memory;
  const int error = errno;
  ::madvise(memory, len, MADV_HUGEPAGE);
  // Before Linux 5.14 pages come as they are touched.
  ::madvise(memory, len, MADV_POPULATE_WRITE);
  errno = error;
  return memory;
}
