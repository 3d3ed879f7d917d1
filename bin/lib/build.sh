# Builds Holdfast once if needed, with a class-data archive so that it starts fast. Sourced by the scripts in bin/.

jar=$root_folder/target/holdfast.jar
archive=$root_folder/target/holdfast.jsa

quiet_maven() {
  local log
  log=$(mktemp)
  if ! (cd "$root_folder" && mvn --batch-mode --quiet --no-transfer-progress "$@") >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    printf 'The build failed; the reason stands above.\n' >&2
    exit 1
  fi
  rm -f "$log"
}

stale() {
  [ ! -f "$jar" ] || [ ! -d "$root_folder/target/lib" ] ||
    [ -n "$(find "$root_folder/src/main" "$root_folder/pom.xml" -newer "$jar" -print -quit)" ]
}

# need_built: target/holdfast.jar and target/lib are there and newer than every source.
need_built() {
  if stale; then
    need_tools java javac
    printf 'Building Holdfast …\n' >&2
    quiet_maven package -DskipTests -Dcyclonedx.skip -Dspotless.check.skip
  fi
  [ "$archive" -nt "$jar" ] || make_archive
}

# Starts the service once in a folder of its own and keeps the classes it loaded, already parsed, for every later start.
# Without the archive everything works, only slower; so a failure leaves an empty one, and nobody tries again.
make_archive() {
  local home java options service tries=0
  printf 'Preparing fast starts …\n' >&2
  home=$(mktemp -d)
  cp -r "$root_folder/application.yml" "$root_folder/routes" "$root_folder/systems" "$home"
  java=$(java_program)
  mapfile -t options < <(jvm_options "$java" | grep -v -e SharedArchiveFile)
  options+=(-Dholdfast.install="$root_folder" -Dserver.port=0 -Dmanagement.server.port=0)
  (cd "$home" && HOLDFAST_HOME=$home "$java" "${options[@]}" -jar "$jar" key new) >/dev/null 2>&1 || true
  HOLDFAST_HOME=$home "$java" "${options[@]}" -XX:ArchiveClassesAtExit="$home/archive.jsa" -jar "$jar" serve >"$home/log" 2>&1 &
  service=$!
  while [ ! -f "$home/.holdfast/service.json" ] && kill -0 "$service" 2>/dev/null && [ $((tries += 1)) -lt 600 ]; do sleep 0.1; done
  HOLDFAST_HOME=$home "$java" "${options[@]}" -jar "$jar" status >/dev/null 2>&1 || true
  kill "$service" 2>/dev/null || true
  wait "$service" 2>/dev/null || true
  : >"$archive"
  [ ! -s "$home/archive.jsa" ] || mv "$home/archive.jsa" "$archive"
  rm -rf "$home"
}

# The options that every start of Holdfast's JVM gets.
jvm_options() {
  printf '%s\n' -XX:+UseSerialGC -XX:TieredStopAtLevel=4 -XX:+ExitOnOutOfMemoryError -Xms32m -Xmx256m -XX:MaxMetaspaceSize=192m \
    -XX:MaxDirectMemorySize=96m -Xss512k -XX:SharedArchiveFile="$archive" -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off -Dfile.encoding=UTF-8
  case $("$1" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1) in
    17 | 18 | 19 | 20 | 21 | 22 | 23) ;;
    *) printf '%s\n' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ;;
  esac
}

# need_harness_built: the real servers that demo, bench and tests start are there too; sets harness_classpath.
need_harness_built() {
  local list=$root_folder/target/harness.classpath
  need_built
  if [ ! -f "$list" ] || [ ! -f "$root_folder/target/servers/s3mock.jar" ] ||
    [ -n "$(find "$root_folder/src/test" "$root_folder/pom.xml" -newer "$list" -print -quit)" ]; then
    printf 'Building the servers of the demo …\n' >&2
    quiet_maven test-compile dependency:build-classpath -Dspotless.check.skip -Dmdep.includeScope=test -Dmdep.outputFile="$list"
    touch "$list"
  fi
  harness_classpath=$root_folder/target/test-classes:$root_folder/target/classes:$(cat "$list")
}
