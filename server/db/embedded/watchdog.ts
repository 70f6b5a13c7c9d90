/**
 * The shell program that stands between us and PostgreSQL. It starts the command in its arguments and reads our
 * pipe; when the pipe ends, because we ask for a stop or because we were killed in whatever way, it stops
 * PostgreSQL: INT, and if that hangs QUIT, and if that hangs KILL. Its exit status is PostgreSQL's.
 *
 * POSIX sh, since a second Node process would cost 40 MB. The reader runs in a subshell because `read` cannot be
 * interrupted when PostgreSQL ends by itself, while `wait` can be waited for. The seconds are $1 and $2.
 */
export const watchdogScript = `
patience_int=$1 patience_quit=$2
shift 2
"$@" </dev/null &
postgres=$!
ended_within() {
  tenths=$(($1 * 10))
  while [ "$tenths" -gt 0 ]; do
    kill -0 "$postgres" 2>/dev/null || return 0
    sleep 0.1
    tenths=$((tenths - 1))
  done
  return 1
}
exec 3<&0
(
  trap '' INT HUP
  read -r _ <&3
  kill -INT "$postgres" 2>/dev/null
  ended_within "$patience_int" && exit
  kill -QUIT "$postgres" 2>/dev/null
  ended_within "$patience_quit" && exit
  kill -KILL "$postgres" 2>/dev/null
) >/dev/null 2>&1 &
reader=$!
trap 'kill -INT "$postgres" 2>/dev/null' INT TERM HUP
status=0
while kill -0 "$postgres" 2>/dev/null; do
  wait "$postgres"
  status=$?
done
kill "$reader" 2>/dev/null
exit "$status"
`;
