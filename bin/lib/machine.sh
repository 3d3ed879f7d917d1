# What the scripts need from the machine: installed where we may, otherwise said exactly. Sourced by the scripts in bin/.

root_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# version_of JAVA: its major version, from the file beside it; asking the program itself takes much longer.
version_of() {
  local release version=""
  release=$(dirname "$(dirname "$(readlink -f "$1")")")/release
  [ ! -r "$release" ] || version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
  [ -n "$version" ] || version=$("$1" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  printf '%s\n' "${version:-0}"
}

# The newest JDK or JRE that is here and not older than 17; prints its java.
java_program() {
  local candidate best="" best_version=16 version
  for candidate in "${JAVA_HOME:-/nonexistent}/bin/java" /usr/lib/jvm/*/bin/java "$(command -v java || true)"; do
    [ -x "$candidate" ] || continue
    version=$(version_of "$candidate")
    [ "$version" -le "$best_version" ] || { best=$candidate best_version=$version; }
  done
  [ -n "$best" ] && printf '%s\n' "$best"
}

# have NAME: whether the thing that the scripts call NAME is on this machine.
have() {
  case $1 in
    java) [ -n "$(java_program)" ] ;;
    javac) command -v javac >/dev/null && command -v mvn >/dev/null ;;
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null ;;
    chromium) command -v chromium >/dev/null || command -v google-chrome >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# package_of NAME: the Debian packages that bring it.
package_of() {
  case $1 in
    java) echo openjdk-17-jre-headless ;;
    javac) echo openjdk-17-jdk-headless maven ;;
    postgresql) echo postgresql postgresql-client ;;
    gpg) echo gnupg ;;
    aws) echo awscli ;;
    *) echo "$1" ;;
  esac
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
  command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

# need_tools NAME...: installs what is missing, or says exactly what to install and ends with 2.
need_tools() {
  local name missing=() packages=()
  for name in "$@"; do
    [ "$name" != moto_server ] || { need_moto; continue; }
    have "$name" || { missing+=("$name"); packages+=($(package_of "$name")); }
  done
  [ ${#missing[@]} = 0 ] && return 0
  if ! may_install; then
    printf 'Missing: %s. Install as an administrator: apt-get install %s\n' "${missing[*]}" "${packages[*]}" >&2
    exit 2
  fi
  printf 'Installing %s …\n' "${packages[*]}" >&2
  as_root apt-get update -qq >/dev/null
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}

# PostgreSQL's client programs read what a server or a dump sends them; older minor versions can be made to run its code.
need_safe_postgresql() {
  need_tools postgresql
  may_install || return 0
  local outdated
  outdated=$(apt-get -s -o Debug::NoLocking=true install --only-upgrade 'postgresql-[0-9]*' 'postgresql-client-[0-9]*' 2>/dev/null | grep -c '^Inst' || true)
  [ "$outdated" -gt 0 ] || return 0
  printf 'Upgrading PostgreSQL to its newest minor version …\n' >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --only-upgrade 'postgresql-[0-9]*' 'postgresql-client-[0-9]*' >/dev/null ||
    printf 'PostgreSQL could not be upgraded; holdfast check will say what that means.\n' >&2
}

# Where Debian is older than 13, its packages have no moto_server: then it comes from a small Debian 13 of its own.
moto_root=${XDG_CACHE_HOME:-$HOME/.cache}/holdfast/debian-13

# need_moto: the path has moto_server, which plays AWS in tests.
need_moto() {
  ! have moto_server || return 0
  local bin=$moto_root.bin
  if [ ! -x "$bin/moto_server" ]; then
    if ! may_install; then
      printf 'Missing: moto_server. Install it for this user: pip install "moto[server]"\n' >&2
      exit 2
    fi
    need_tools debootstrap
    printf 'Installing moto_server …\n' >&2
    as_root rm -rf "$moto_root"
    mkdir -p "$bin"
    as_root debootstrap --variant=minbase --include=python3-moto,python3-flask,python3-flask-cors trixie "$moto_root" >/dev/null
    cat >"$bin/moto_server.new" <<EOF
#!/usr/bin/env bash
# Debian 13's moto_server, in its own root.
if [ "\$(id -u)" = 0 ]; then enter=chroot; else enter="sudo -n chroot"; fi
exec \$enter "$moto_root" python3 -c 'from moto.server import main; main()' "\$@"
EOF
    chmod +x "$bin/moto_server.new"
    mv "$bin/moto_server.new" "$bin/moto_server"
  fi
  export PATH=$bin:$PATH
}
