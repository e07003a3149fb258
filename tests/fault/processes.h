#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace rosterd::testing {

/// Processes as /proc shows them. One that has ended counts as gone, whoever has to reap it.

bool IsGone(pid_t pid);

/// The processes that this one has forked, that bear its name and that still run: of a master, its
/// workers; helpers have names of their own.
std::vector<pid_t> Children(pid_t parent);

/// The children that are not waiting for something to do: a worker that is, waits in epoll.
std::vector<pid_t> BusyChildren(pid_t parent);

/// The program and its arguments.
std::vector<std::string> CommandLine(pid_t pid);

/// How many programs have this text in their command line; ourselves, and shells, among which are
/// those that wait to clean up after us, do not count.
int ProcessesOf(const std::string& text);

/// Memory of the process that is in use now.
std::size_t ResidentBytes(pid_t pid);

/// A program that goes on by itself, in a session of its own; its output goes to a file. Returns
/// its id; it is to be ended by Reap().
pid_t Launch(const std::vector<std::string>& words, const std::string& log);

/// Waits for the end of a process of Launch(), after it was told to; returns its status as
/// CommandResult has it. A process of somebody else is waited for, too; its status is 0.
int Reap(pid_t pid);

}  // namespace rosterd::testing
