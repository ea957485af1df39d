#!/usr/bin/env bash
# Prints the path of the `java` of a JDK 25: JAVA_HOME, then PATH, then /usr/lib/jvm.
# The `release` file of a JDK tells its version without starting it.
version() { sed -n 's/^JAVA_VERSION=//p' "${1%/bin/java}/release" 2> /dev/null || "$1" -version 2>&1; }
is25() { [[ -x $1 && -x ${1}c && $(version "$1") =~ \"25[.\"-] ]]; }
candidates=()
[[ -n ${JAVA_HOME:-} ]] && candidates+=("$JAVA_HOME/bin/java")
on_path=$(command -v java || true)
[[ -n $on_path ]] && candidates+=("$(readlink -f "$on_path")")
candidates+=(/usr/lib/jvm/*/bin/java /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java)
for java in "${candidates[@]}"; do
  if is25 "$java"; then
    printf '%s\n' "$java"
    exit 0
  fi
done
echo "hahn: no JDK 25 found in JAVA_HOME, on PATH or under /usr/lib/jvm; install one (for example Eclipse Temurin 25) or set JAVA_HOME" >&2
exit 1
