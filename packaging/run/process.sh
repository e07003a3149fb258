# Processes that ./run starts and ends. Each has a file STATE/pids/NAME with its process id and its
# start time, so that a number that the system has given to somebody else is never taken for ours.

# Sets FIELDS to what /proc/PID/stat holds behind the name: the state, the parent, the group, … Fails
# for a process that has ended, also when nobody has reaped it yet.
read_stat() {
  local line=''
  # Not $(<file): bash ends the script when the process ends while its file is read.
  { IFS= read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  read -ra FIELDS <<<"${line##*) }"
  [[ ${FIELDS[0]:-Z} != Z ]]
}

start_time() {
  ! read_stat "$1" || printf '%s' "${FIELDS[19]}"
}

# launch NAME LOG COMMAND...: in a session of its own, with no descriptor of ours left open.
launch() {
  local name=$1 log=$2
  shift 2
  (
    trap - INT QUIT TERM EXIT
    for descriptor in /proc/"$BASHPID"/fd/*; do
      descriptor=${descriptor##*/}
      ((descriptor <= 2)) || eval "exec $descriptor>&-"
    done 2>/dev/null
    exec setsid "$@" </dev/null >>"$log" 2>&1
  ) &
  printf '%s %s\n' "$!" "$(start_time "$!")" >"$STATE/pids/$name"
}

# The id of the process NAME as it was recorded, running or not; nothing when none was.
recorded_pid() {
  local pid=
  [[ ! -s $STATE/pids/$1 ]] || read -r pid _ <"$STATE/pids/$1"
  printf '%s' "$pid"
}

is_running() {
  local pid started
  [[ -s $STATE/pids/$1 ]] || return 1
  read -r pid started <"$STATE/pids/$1"
  [[ -n $started && $(start_time "$pid") == "$started" ]]
}

# Waits until no process of the group is left, but for those that have ended and that nobody reaped.
wait_for_group() {
  local folder deadline=$((SECONDS + 5)) members=1
  while ((members > 0 && SECONDS < deadline)); do
    members=0
    for folder in /proc/[0-9]*; do
      ! read_stat "${folder##*/}" || [[ ${FIELDS[2]} != "$1" ]] || members=$((members + 1))
    done
  done
}

# end_process NAME SECONDS: TERM, and KILL when it is still there after so long; with it go children
# that it left behind.
end_process() {
  local name=$1 pid deadline=$((SECONDS + $2))
  pid=$(recorded_pid "$name")
  [[ -n $pid ]] || return 0
  if is_running "$name"; then
    kill -TERM "$pid" 2>/dev/null || true
    while is_running "$name" && ((SECONDS < deadline)); do sleep 0.02; done
    ! is_running "$name" || say "$name (process $pid) did not end in $2 s and is killed"
  fi
  if is_running "$name" || [[ -z $(start_time "$pid") ]]; then
    kill -KILL -- "-$pid" 2>/dev/null && wait_for_group "$pid" || true
  fi
  rm -f "$STATE/pids/$name"
}

# Ends everything that runs in STATE: first who asks, then who answers, then the data.
end_all() {
  local pid
  pid=$(recorded_pid master)
  ! is_running master || kill -TERM "$pid" 2>/dev/null || true
  end_process nginx 10
  end_process master 20
  end_process mysql 120
  rm -f "$STATE/bootstrap.json" "$STATE/bootstrap.json.new"
  if [[ -s $STATE/sockets ]]; then
    local folder
    folder=$(<"$STATE/sockets")
    [[ $folder != /tmp/rosterd.* ]] || rm -rf "$folder"
    rm -f "$STATE/sockets"
  fi
}

# wait_until SECONDS NAME COMMAND...: until the command succeeds; fails when process NAME has ended
# or the time is over.
wait_until() {
  local deadline=$((SECONDS + $1)) name=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    is_running "$name" && ((SECONDS < deadline)) || return 1
    sleep 0.03
  done
}
