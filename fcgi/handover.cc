#include "fcgi/handover.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace rosterd::fcgi {
namespace {

// One byte, for a message cannot be empty, and room for one descriptor beside it.
struct Message {
  char byte = 0;
  iovec text{.iov_base = &byte, .iov_len = 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr header{};

  Message() {
    header.msg_iov = &text;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
  }
};

}  // namespace

Handover::Handover() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0) {
    throw std::system_error(errno, std::generic_category(), "socketpair");
  }
  giver_ = Descriptor(ends[0]);
  taker_ = Descriptor(ends[1]);
}

bool Handover::Give(int connection) const {
  Message message;
  cmsghdr* const control = CMSG_FIRSTHDR(&message.header);
  control->cmsg_level = SOL_SOCKET;
  control->cmsg_type = SCM_RIGHTS;
  control->cmsg_len = CMSG_LEN(sizeof connection);
  std::memcpy(CMSG_DATA(control), &connection, sizeof connection);
  return ::sendmsg(giver_.Number(), &message.header, MSG_NOSIGNAL) == 1;
}

Descriptor Handover::Take() const {
  Message message;
  if (::recvmsg(taker_.Number(), &message.header, MSG_CMSG_CLOEXEC) != 1) return {};
  const cmsghdr* const control = CMSG_FIRSTHDR(&message.header);
  if (control == nullptr || control->cmsg_type != SCM_RIGHTS) return {};
  int connection = -1;
  std::memcpy(&connection, CMSG_DATA(control), sizeof connection);
  return Descriptor(connection);
}

}  // namespace rosterd::fcgi
