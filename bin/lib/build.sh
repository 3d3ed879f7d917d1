# Builds Holdfast once if needed, and an archive of its classes, so that it starts fast. Sourced by the scripts in bin/.

jar=$root_folder/target/holdfast.jar

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
  stale || return 0
  need_tools java javac
  printf 'Building Holdfast …\n' >&2
  quiet_maven package -Dmaven.test.skip -Dcyclonedx.skip -Dspotless.check.skip
}

# jvm_options VERSION: what every start of Holdfast's JVM gets.
jvm_options() {
  printf '%s\n' -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -Xms48m -Xmx256m -Xmn40m -XX:SurvivorRatio=3 -XX:MaxMetaspaceSize=192m -XX:MaxDirectMemorySize=96m \
    -XX:ReservedCodeCacheSize=96m -Xss512k -Xlog:disable -Xlog:all=error:stderr -Dfile.encoding=UTF-8 -Dholdfast.install="$root_folder"
  [ "$1" -lt 24 ] || printf '%s\n' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
}

# archive_of VERSION KIND: classes as that JVM keeps them once loaded, of a "service" or of a "client".
archive_of() {
  printf '%s\n' "$root_folder/target/$2-$1.archive"
}

# archive_options VERSION KIND: the archive, where there is one. A JVM that it does not fit does without.
archive_options() {
  local archive flag=-XX:SharedArchiveFile
  archive=$(archive_of "$1" "$2")
  [ -s "$archive" ] || return 0
  [ "$1" -lt 25 ] || flag=-XX:AOTCache
  printf '%s\n' "$flag=$archive" -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
  [ "$1" -lt 25 ] || printf '%s\n' -XX:-AOTReplayTraining
}

# need_archives JAVA VERSION: both are newer than the jar. An empty one says that none can be made.
need_archives() {
  local last
  last=$(archive_of "$2" client)
  [ ! "$last" -nt "$jar" ] && [ -w "$root_folder/target" ] || return 0
  (
    ! command -v flock >/dev/null || { exec 9>"$root_folder/target/archive.lock" && flock 9; }
    [ ! "$last" -nt "$jar" ] || exit 0
    printf 'Preparing a quick start …\n' >&2
    rehearse "$1" "$2" 9>&-
    for kind in service client; do
      touch "$root_folder/target/$kind.new"
      mv "$root_folder/target/$kind.new" "$(archive_of "$2" "$kind")"
    done
  )
}

# rehearse JAVA VERSION: the archives, from one start of the real service and one command, in a home folder of their own.
rehearse() {
  local home options service port patience=600 flag=-XX:ArchiveClassesAtExit
  [ "$2" -lt 25 ] || flag=-XX:AOTCacheOutput
  home=$(mktemp -d)
  cp -R "$root_folder/routes" "$root_folder/systems" "$home"
  cp "$root_folder/bin/lib/rehearsal.yml" "$home/application.yml"
  (umask 077 && printf http://127.0.0.1:9/ >"$home/secret")
  mapfile -t options < <(jvm_options "$2")
  rm -f "$root_folder"/target/{service,client}.new
  HOLDFAST_HOME=$home "$1" "${options[@]}" "$flag=$root_folder/target/service.new" -jar "$jar" serve >"$home/log" 2>&1 &
  service=$!
  until [ -s "$home/.holdfast/service.json" ] || ! kill -0 "$service" 2>/dev/null || [ $((patience -= 1)) = 0 ]; do sleep 0.2; done
  if [ -s "$home/.holdfast/service.json" ]; then
    port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$home/.holdfast/service.json" | head -n 1)
    (exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET /login HTTP/1.0\r\n\r\n' >&3 && cat <&3) >"$home/page" 2>&1 || true
    HOLDFAST_HOME=$home "$1" "${options[@]}" -XX:TieredStopAtLevel=1 "$flag=$root_folder/target/client.new" -jar "$jar" runs >"$home/log" 2>&1 || true
  fi
  kill "$service" 2>/dev/null || true
  wait "$service" || true
  rm -rf "$home"
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
