#!/usr/bin/env bash
# Writes api/MODULE-VERSION.jar for each library, from the jars that `mvn -B -q package -DskipTests` made.
set -euo pipefail
cd "$(dirname "$0")/.."
property() { sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" pom.xml; }
version=$(property revision) asm=$(property asm.version)
mvn -B -q dependency:copy -N -Dartifact="org.ow2.asm:asm:$asm" -DoutputDirectory=target/api
for module in salesforce-client salesforce-sync aou-db sync-core sync-runtime simulator; do
  java -cp "target/api/asm-$asm.jar" api/Describe.java "$module/target/$module-$version.jar" "api/$module-$version.jar"
done
