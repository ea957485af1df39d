#!/usr/bin/env bash
# Formats the Java sources (`format`) or reports the files that are not formatted (`check`).
# usage: config/format.sh format|check [google-java-format-all-deps.jar]
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -n 's:.*<gjf.version>\(.*\)</gjf.version>.*:\1:p' pom.xml)
jar=${2:-$HOME/.m2/repository/com/google/googlejavaformat/google-java-format/$version/google-java-format-$version-all-deps.jar}
java=$(config/find-java.sh)
mapfile -t files < <(find hahn-* -name '*.java' -not -path '*/target/*')
if [[ $1 == check ]]; then
  if ! bad=$("$java" -jar "$jar" --dry-run --set-exit-if-changed "${files[@]}"); then
    printf 'not formatted (run config/format.sh format):\n%s\n' "$bad" >&2
    exit 1
  fi
else
  "$java" -jar "$jar" --replace "${files[@]}"
fi
