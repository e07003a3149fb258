#pragma once

#include <sys/mman.h>

#include <cerrno>
#include <new>
#include <system_error>
#include <type_traits>

namespace rosterd::fcgi {

/// One T in memory that this process and all that it forks afterwards see alike, and that outlives
/// each of them but the last. T lives by lock-free atomics alone: a process may be killed anywhere.
/// Throws std::system_error when there is no memory.
template <typename T>
class Shared {
 public:
  Shared()
      : memory_(
            ::mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (memory_ == MAP_FAILED)
      throw std::system_error(errno, std::generic_category(), "shared memory");
    value_ = new (memory_) T();
  }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  ~Shared() { ::munmap(memory_, sizeof(T)); }

  T& operator*() const { return *value_; }
  T* operator->() const { return value_; }

 private:
  void* memory_;
  T* value_;
};

}  // namespace rosterd::fcgi
