#!/usr/bin/env bash
# Builds and runs the benchmarks; arguments go to JMH.
# usage: hahn-bench/run.sh                       all, about 20 minutes
#        hahn-bench/run.sh EchoBenchmark -p preset=challenge-2020
#        hahn-bench/run.sh EchoBenchmark -prof gc   allocation
set -euo pipefail
cd "$(dirname "$0")/.."
java=$(config/find-java.sh)
mvn --batch-mode --no-transfer-progress --quiet -Dmaven.test.skip=true -pl hahn-bench -am package
exec "$java" -cp "hahn-bench/target/classes:$(cat hahn-bench/target/classpath)" \
  org.openjdk.jmh.Main "$@"
