#!/bin/sh
# Makes a video, waits for it, and saves it. Needs curl, jq, and the key in the variable ⟦key⟧.
⟦?upload⟧
# It uploads the local files of the request first: run it in their folder.
⟦/⟧
# With a task's id it takes up that task, and creates none: sh ⟦file name⟧ TASK_ID
set -u
: "${⟦key⟧:?has to hold the key}"
task=${1:-}

for needed in curl jq; do
  command -v "$needed" >/dev/null || { echo "$needed has to be installed." >&2; exit 1; }
done
answer=$(mktemp) && head=$(mktemp) || exit 1
trap 'rm -f "$answer" "$head"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '%s\n' "$*" >&2; }

# Calls the gateway, and prints the HTTP status: 000 where no answer came. The key is no argument, which others could see.
call() {
  : >"$answer"
  : >"$head"
  printf 'Authorization: Bearer %s\n' "$⟦key⟧" |
    curl -sS -H @- -D "$head" -o "$answer" -w '%{http_code}' "$@"
}

# The first of these places at which the answer has something.
pick() { jq -r "[($1) | select(. != null and . != \"\") | tostring][0] // empty" "$answer" 2>/dev/null; }

# What the gateway says is wrong.
explain() {
  code=$(pick '⟦code⟧')
  message=$(pick '⟦message⟧')
  [ -n "$code$message" ] || message=$(head -c 300 "$answer")
  printf 'HTTP %s %s %s' "$http" "$code" "$message"
}

⟦?policy⟧
# A member of the policy, or else this.
given() {
  value=$(pick "(.data.$1)?, (.output.$1)?, (.$1)?")
  printf %s "${value:-${2:-}}"
}

⟦/⟧
⟦?upload⟧
# The link of a local file, once it lies at the gateway. It gets the file, its part of the form, and its name there. This
# costs nothing.
upload() {
  [ -r "$1" ] || { say "No upload: $1 cannot be read."; return 1; }
⟦/⟧
⟦?policy⟧
  http=$(call -m 60 ⟦upload url⟧)
  store=$(given upload_host)
  folder=$(given upload_dir)
  [ -n "$store" ] && [ -n "$folder" ] || { say "No upload of $1: $(explain)"; return 1; }
  key=${folder%/}/$3
  file=$1
  set --⟦parts⟧ \
    -F "$2"
  : >"$answer"
  # The store takes the policy in place of the key.
  http=$(curl -sS -o "$answer" -w '%{http_code}' "$@" "$store")
  case $http in
    200 | 201 | 204) printf 'oss://%s' "$key" ;;
    *)
      say "No upload of $file: HTTP $http $(head -c 300 "$answer")"
      return 1
      ;;
  esac
}

⟦/⟧
⟦?undocumented⟧
  # No public document of the gateway describes this call.
⟦/⟧
⟦?form⟧
  http=$(call⟦parts⟧ \
    -F "$2" ⟦upload url⟧)
  link=$(pick '⟦answer⟧')
  case $link in
    https://*) printf %s "$link" ;;
    *)
      say "No upload of $1: $(explain)"
      return 1
      ;;
  esac
}

⟦/⟧
if [ -z "$task" ]; then
⟦!file⟧
  body=⟦body⟧
⟦/⟧
⟦?upload⟧
⟦files⟧⟦/⟧
  # This costs money: it is sent once.
  http=$(call -X POST ⟦url⟧⟦headers⟧ \
⟦?file⟧
    --data-binary @⟦body file⟧)
⟦/⟧
⟦!file⟧
    -d "$body")
⟦/⟧
  task=$(pick '⟦id⟧')
  if [ -z "$task" ]; then
    say "No task: $(explain)"
    case $http in
      408 | 409 | 425 | 499) doubt=1 ;;
      4*) doubt=0 ;;
      *) doubt=1 ;;
    esac
    [ "$doubt" = 0 ] ||
      say 'It may have been created and billed all the same: look before you run this again.'
    exit 1
  fi
fi
say "task $task"
file=wan-$(printf %s "$task" | tr -c 'A-Za-z0-9_-' _).mp4
⟦?id⟧
id=$(jq -rn --arg id "$task" '$id | @uri')
⟦/⟧

pause=⟦first⟧ polls=0 refused=0
while [ "$polls" -lt ⟦polls⟧ ] && [ "$refused" -lt 3 ]; do
  sleep "$pause"
  polls=$((polls + 1))
⟦!post⟧
  http=$(call -m 60 ⟦query⟧)
⟦/⟧
⟦?post⟧
  http=$(call -m 60 ⟦query⟧⟦query headers⟧ \
    -d "$(jq -n --arg id "$task" ⟦jq⟧)")
⟦/⟧
  pause=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]\{1,4\}\).*/\1/p' "$head" | tail -n 1)
  [ "${pause:-0}" -gt ⟦interval⟧ ] || pause=⟦interval⟧
  word=
  case $http in
    2*)
      word=$(pick '⟦state⟧' | tr '[:lower:]' '[:upper:]')
⟦?trouble⟧
      # An attempt that failed is not the end where the gateway goes on.
      attempt=$(pick '⟦attempt⟧')
      case $word in ⟦failed⟧ | ⟦late⟧) attempt=${attempt:-$word} ;; esac
      if jq -e 'has("⟦ended name⟧") and .⟦ended name⟧ == null' "$answer" >/dev/null 2>&1; then
        word="$word (unfinished)"
      else
        ended=$(pick '⟦ended⟧')
        case $word in
          ⟦running⟧) ended= ;;
          ⟦done⟧) ended=$(pick '⟦trouble⟧') ;;
          *) ended=${attempt:+$ended}$(pick '⟦trouble⟧') ;;
        esac
        [ -z "$ended" ] || word=FAILED
      fi
      case $word in
        ⟦failed⟧ | ⟦done⟧) ;;
        *) [ -z "$attempt" ] || say "An attempt failed, and the gateway goes on: $(explain)" ;;
      esac
⟦/⟧
      ;;
    408 | 425 | 429) ;;
    4*) refused=$((refused + 1)) ;;
  esac
  case $word in
    ⟦failed⟧)
      say "The task failed: $(explain)"
      exit 1
      ;;
    ⟦done⟧)
⟦?link⟧
      link=$(pick '⟦links⟧')
      if [ -n "$link" ] && curl -sSfL --proto '=http,https' -o "$file" "$link"; then
⟦/⟧
⟦!link⟧
      if printf 'Authorization: Bearer %s\n' "$⟦key⟧" | curl -sSfL -H @- -o "$file" ⟦content⟧; then
⟦/⟧
        echo "$file"
        exit 0
      fi
      ;;
    ⟦lost⟧) refused=$((refused + 1)) ;;
    ?*) refused=0 ;;
  esac
  if [ -n "$word" ]; then say "$word"; else say "$(explain)"; fi
done
say "Nothing is known of how the task ends. To ask again: sh ⟦file name⟧ '$task'"
exit 1
