#!/usr/bin/env bash
# Formats the Java sources (`format`) or reports the files that are not formatted (`check`).
# usage: config/format.sh format|check PATH-OF-google-java-format-all-deps.jar
set -euo pipefail
cd "$(dirname "$0")/.."
java=$(config/find-java.sh)
mapfile -t files < <(find hahn-* -name '*.java' -not -path '*/target/*')
if [[ $1 == check ]]; then
  if ! bad=$("$java" -jar "$2" --dry-run --set-exit-if-changed "${files[@]}"); then
    printf 'not formatted (run config/format.sh format %s):\n%s\n' "$2" "$bad" >&2
    exit 1
  fi
else
  "$java" -jar "$2" --replace "${files[@]}"
fi
