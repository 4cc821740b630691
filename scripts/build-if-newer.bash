# Sourced by the launchers of a checkout: builds products that are older than their sources.
# All builds write to target/, so two launchers never build at once: the second waits and finds the work done.

# build_if_newer NAME PRODUCT MAVEN_ARGUMENT... -- SOURCE...
#   NAME     prefix of messages
#   PRODUCT  the file that a build creates; built if it is missing or a source is newer
#   SOURCE   files and folders; the folders of tests and of modules that are not part of the program are skipped
build_if_newer() {
  local name=$1 product=$2
  shift 2
  local arguments=()
  while [ "$1" != -- ]; do
    arguments+=("$1")
    shift
  done
  shift
  is_current "$product" "$@" && return
  mkdir -p "$root/target"
  lock_target "$name"
  local status=0
  is_current "$product" "$@" || build "$name" "$product" "${arguments[@]}" || status=1
  unlock_target
  return $status
}

# A stamp records when the last build began: Maven does not touch a product whose content is unchanged.
is_current() {
  local product=$1
  shift
  [ -f "$product" ] || return 1
  local newer=(-newer "$product")
  [ -f "$product.built" ] && newer+=(-newer "$product.built")
  [ -z "$(find "$@" \( -name test -o -path "$root/src/lucene" -o -path "$root/src/uima" -o -path "$root/src/spark" -o -path "$root/src/bench" -o -path "$root/src/fuzz" \) -prune -o "${newer[@]}" -print -quit)" ]
}

build() {
  local name=$1 product=$2 log
  shift 2
  echo "$name: building, once ..." >&2
  mkdir -p "$(dirname "$product")"
  touch "$product.built.new"
  # A person's own Maven, or else the one that the wrapper fetches.
  local maven=mvn
  command -v mvn >/dev/null || maven=./mvnw
  if ! log=$(cd "$root" && "$maven" -B -q -ntp -Dquick "$@" 2>&1); then
    echo "$log" >&2
    echo "$name: the build failed, see above" >&2
    # The product may be incomplete.
    rm -f "$product" "$product.built.new"
    return 1
  fi
  mv "$product.built.new" "$product.built"
}

lock_target() {
  local lock=$root/target/build.lock
  if command -v flock >/dev/null; then
    exec 9>"$lock"
    flock -n 9 || { echo "$1: waiting for another build ..." >&2; flock 9; }
    return
  fi
  # macOS has no flock; mkdir succeeds for only one process. The folder of a killed build is removed.
  until mkdir "$lock.d" 2>/dev/null; do
    kill -0 "$(cat "$lock.d/pid" 2>/dev/null || echo $$)" 2>/dev/null || rm -rf "$lock.d"
    sleep 1
  done
  echo $$ >"$lock.d/pid"
  trap 'rm -rf "$root/target/build.lock.d"' EXIT
}

unlock_target() {
  if command -v flock >/dev/null; then
    exec 9>&-
  else
    rm -rf "$root/target/build.lock.d"
    trap - EXIT
  fi
}
