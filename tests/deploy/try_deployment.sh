#!/usr/bin/env bash
# Tries docs/deployment.md: the blocks marked "tried" there are run as they stand, with other folders, ports and names.
#
#   SANDOP_TRIAL_FOLDER=demo/pumps tests/deploy/try_deployment.sh
#
# The package is built as a wheel and run from it. Everything listens on the loopback address, lies in a temporary
# folder, and is gone afterwards. SANDOP_TRIAL_FOLDER is the plan folder of a demo company with its results (as `make
# demo` leaves it); without it the demo makes both. SANDOP_TRIAL_CADDY names a caddy to try as well.
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
HERE=$ROOT/tests/deploy
PY=$ROOT/.venv/bin/python
if [ -z "${SANDOP_TEST_DATABASE_URL:-}" ]; then
  SANDOP_NEEDS_POSTGRES=1 exec "$PY" "$ROOT/tests/postgres.py" "$0" "$@"
fi

T=$(mktemp -d -t sandop-trial-XXXXXX)
STARTED=()
trap 'code=$?; end "${STARTED[@]}"; [ $code = 0 ] || tail -n 30 "$T"/*.log; rm -rf "$T"; exit $code' EXIT
trap 'exit 143' INT TERM
end() { for process in "$@"; do kill "$process" 2>/dev/null && wait "$process" 2>/dev/null || true; done; }
say() { printf '\n== %s\n' "$*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
check() { [ "$2" = "$3" ] && echo "   $1: $2" || fail "$1: $2 instead of $3"; }
free_port() { "$PY" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
WEB=$(free_port) PLAIN=$(free_port) TLS=$(free_port) CADDY=$(free_port)

# A block of the page, with this trial's folders, ports and names in it.
page() {
  awk -v mark="<!-- tried: $1 -->" '$0 == mark {found = 1; next} found && /^```/ {if (inside) exit; inside = 1; next} inside' \
    "$ROOT/docs/deployment.md" | sed \
    -e "s|/var/lib/sandop|$SANDOP_HOME|g; s|/var/backups/sandop|$T/backups|g; s|/opt/sandop/bin|$T/bin|g" \
    -e "s|Host: sop\.example\.com|Host: $NAME:$TLS|; s|127\.0\.0\.1:8000|127.0.0.1:$WEB|g" \
    -e "s|--port 8000|--port $WEB|; s|listen 80;|listen 127.0.0.1:$PLAIN;|; s|listen 443 |listen 127.0.0.1:$TLS |" \
    -e "s|/etc/ssl/certs/sop.example.com.pem|$T/cert.pem|; s|/etc/ssl/private/sop.example.com.key|$T/key.pem|" \
    -e "s|server_name sop.example.com|server_name $NAME|; s|ROLE sandop|ROLE sop|; s|owner=sandop|owner=sop|" \
    -e "s|-o sandop -g sandop||"
}
run_page() { page "$1" >"$T/block"; [ -s "$T/block" ] || fail "the page has no block $1"; echo "   \$ $1"; . "$T/block"; }
sudo() { shift 2; "$@"; }  # the trial's PostgreSQL knows its superuser by the PG… variables
systemctl() { case $1 in stop) stop_sandop ;; start) start_sandop ;; esac; }

start_sandop() {
  WEB_COMMAND=$(page web-unit | sed -n 's/^ExecStart=//p')
  WORKER_COMMAND=$(page worker-unit | sed -n 's/^ExecStart=//p')
  $WEB_COMMAND >>"$T/web.log" 2>&1 & WEB_PROCESS=$!
  $WORKER_COMMAND >>"$T/worker.log" 2>&1 & WORKER_PROCESS=$!
  STARTED+=("$WEB_PROCESS" "$WORKER_PROCESS")
  for _ in $(seq 240); do [ "$(health)" = ok ] && return; sleep 0.25; done
  fail "the workbench does not come up"
}
stop_sandop() { end "$WEB_PROCESS" "$WORKER_PROCESS"; }
health() { page health >"$T/health"; . "$T/health" 2>/dev/null || true; }

# A browser: one file of cookies a person.
visit() { curl -sS --cacert "$T/cert.pem" --resolve "$NAME:$TLS:127.0.0.1" "$@"; }
cookie() { awk -v name="$2" '$6 == name {print $7}' "$T/$1.cookies"; }
browse() { local who=$1 path=$2; shift 2; visit -b "$T/$who.cookies" -c "$T/$who.cookies" "$@" "$BASE$path"; }
send() { local who=$1 path=$2; shift 2; browse "$who" "$path" -e "$BASE/" -H "Origin: $BASE" --form-string "csrfmiddlewaretoken=$(cookie "$who" csrftoken)" "$@"; }
code() { "$@" -o /dev/null -w '%{http_code}'; }
sign_in() {
  rm -f "$T/$1.cookies"
  browse "$1" /sign-in/ -o /dev/null
  check "$1 signs in through TLS" "$(code send "$1" /sign-in/ --form-string "username=$1" --form-string "password=$2")" 302
  check "and finds the company" "$(code browse "$1" "$PAGES")" 200
}
# A caller who writes the proxy's headers is not believed.
no_forgery() {
  check "a caller cannot say they came by http" "$(code visit -H 'X-Forwarded-Proto: http' "$BASE/healthz")" 200
  browse guest /sign-in/ -o /dev/null
  send guest /sign-in/ -H 'X-Forwarded-For: 10.9.9.9' --form-string username=zhou --form-string password=guess -o /dev/null
  check "nor from elsewhere" "$(psql -qAt -d sandop -c "SELECT DISTINCT ip_address FROM axes_accessattempt")" 127.0.0.1
}
password_of() { awk -v user="$1" 'NF > 1 && $(NF - 1) == user {print $NF}' "$SANDOP_HOME/people.txt"; }
json() { "$PY" -c "import json, sys; told = json.load(sys.stdin); print($1)"; }
fingerprint() { "$T/bin/python" "$HERE/fingerprint.py"; }
megabytes() { awk '{sum += $1} END {printf "%.0f MB", sum / 1024}'; }
tree_of() { echo "$1"; for child in $(pgrep -P "$1"); do tree_of "$child"; done; }
memory_of() { for process in $(tree_of "$1"); do awk '/^Pss:/ {print $2}' "/proc/$process/smaps_rollup"; done | megabytes; }
memory() { echo "   memory $1: web $(memory_of "$WEB_PROCESS"), worker $(memory_of "$WORKER_PROCESS")"; }
state_of() { psql -qAt -d sandop -c "SELECT state FROM store_job WHERE id = $1"; }
refused_in_words() { send anna /new-company/upload/ -F "plan=@$T/large.zip" -w '%{http_code}' | tr '\n' ' ' | sed -n 's/.*Sandop.*\(413\)$/\1/p'; }

found_demo() {
  mkdir -p "$SANDOP_HOME"
  "$T/bin/sandop-web" check && fail "an empty database passes as up to date" || true
  "$T/bin/sandop-web" migrate
  "$T/bin/sandop-web" check
  "$T/bin/sandop-web" founder anna >"$T/anna"
  "$T/bin/sandop-web" demo pumps ${SANDOP_TRIAL_FOLDER:+--folder "$SANDOP_TRIAL_FOLDER"} >/dev/null
  PAGES=$(sed -n "1s|$BASE||p" "$SANDOP_HOME/people.txt")
  SLUG=$(basename "$PAGES")
}
# A key for a program, made on the page; it is shown there once.
make_key() { send zhou "${PAGES}tokens/make/" --form-string name="$1" --form-string scope=write --form-string days=1 | grep -oE 'sop_[A-Za-z0-9_-]{30,}' | head -1; }
api() { local path=$1; shift; visit -H "Authorization: Bearer $KEY" "$@" "$BASE/api/v1/companies/$SLUG$path"; }
# Change one cell again and again, as fast as answers come, until told to stop.
keep_editing() {
  local value
  value=$(cell 'told["values"][told["periods"][0]][0]')
  while [ ! -e "$T/stop" ]; do
    body=$(cell "json.dumps({'cells': [{'measure': 'sales_forecast', 'row': [told['keys'][part][0] for part in told['grain']], 'period': told['periods'][0], 'expected': $value, 'value': $value + 1}], 'why': 'trial'})")
    check "edit" "$(code api "/versions/$VERSION/cells" -X PATCH -H 'Content-Type: application/json' -d "$body")" 200 >>"$T/edits.log"
    value=$("$PY" -c "print($value + 1)")
  done
}
cell() { json "$1" <"$T/sheet.json"; }
wait_for_job() {
  for _ in $(seq 240); do
    state=$(state_of "$1")
    case $state in done) echo "   job $1 is done"; return ;; failed|cancelled) fail "job $1: $state" ;; esac
    sleep 0.5
  done
  fail "job $1 does not end"
}

say "Wheel"
mkdir -p "$T/tree" "$T/bin" "$T/backups" "$T/nginx" "$T/letters"
cp -r "$ROOT"/{pyproject.toml,README.md,LICENSE,src} "$T/tree" && rm -rf "$T"/tree/src/*.egg-info
(cd "$T/tree" && "$PY" -c "from setuptools import build_meta; build_meta.build_wheel('$T')") >"$T/build.log" 2>&1
"$PY" -m pip install -q --disable-pip-version-check --no-deps --target "$T/site" "$T"/sandop-*.whl
printf '#!/bin/sh\nexport PYTHONPATH=%s\nexec %s "$@"\n' "$T/site" "$PY" >"$T/bin/python"
printf '#!/bin/sh\nexec %s/python -m sandop_web.command "$@"\n' "$T/bin" >"$T/bin/sandop-web"
chmod +x "$T"/bin/*
cd "$T"
check "the package comes from" "$("$T/bin/python" -c 'import sandop_web; print(sandop_web.__path__[0])')" "$T/site/sandop_web"

say "Units"
NAME=sop.example.test SANDOP_HOME=$T/home-postgres BASE=https://$NAME:$TLS
for unit in web worker; do
  file="$T/sandop-$unit$([ $unit = worker ] && echo @ || true).service"
  page $unit-unit | sed "s|^User=.*|User=$(id -un)|" >"$file"
  systemd-analyze verify "$file" 2>&1 | grep -F "sandop-$unit" && fail "systemd objects to the unit" || echo "   sandop-$unit: no objections"
done

say "PostgreSQL, two web processes and a worker, nginx in front: $BASE"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=sop.example.test -keyout "$T/key.pem" -out "$T/cert.pem" \
  -addext subjectAltName=DNS:sop.example.test,DNS:localhost 2>/dev/null
SERVER=${SANDOP_TEST_DATABASE_URL#*@} PGUSER=${SANDOP_TEST_DATABASE_URL#*://} PGDATABASE=postgres
export PGUSER=${PGUSER%%@*} PGHOST=${SERVER%%:*} PGPORT=${SERVER##*:} PGDATABASE
export PGPORT=${PGPORT%%/*}
run_page postgres
export SANDOP_URL=$BASE SANDOP_HOME DJANGO_SETTINGS_MODULE=sandop_web.settings
export DATABASE_URL="postgres://sop:choose-one@$PGHOST:$PGPORT/sandop?connect_timeout=5"
(cd "$HERE" && exec "$PY" stand_ins.py mail "$T/letters") >"$T/mail-port" & STARTED+=($!)
(cd "$HERE" && exec "$PY" stand_ins.py provider trial@pumps.example) >"$T/provider-port" & STARTED+=($!)
for _ in $(seq 100); do [ -s "$T/mail-port" ] && [ -s "$T/provider-port" ] && break; sleep 0.1; done
export SANDOP_EMAIL_URL=smtp://127.0.0.1:$(cat "$T/mail-port")
export SANDOP_OIDC_ISSUER=http://127.0.0.1:$(cat "$T/provider-port") SANDOP_OIDC_NAME="Trial ID"
export SANDOP_OIDC_CLIENT_ID=sandop SANDOP_OIDC_CLIENT_SECRET="a secret: with a colon"
found_demo
"$T/bin/python" -m django check --deploy --fail-level WARNING
{ echo "daemon off; pid $T/nginx/pid; error_log $T/nginx.log; $([ "$(id -u)" = 0 ] && echo 'user root;')"
  echo "events {} http { access_log off; default_type text/plain;"
  for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $T/nginx/$kind;"; done
  page nginx; echo "}"; } >"$T/nginx.conf"
nginx -p "$T/nginx" -e "$T/nginx.log" -c "$T/nginx.conf" & STARTED+=($!)
start_sandop
check "health through the proxy" "$(visit "$BASE/healthz")" ok
check "health, straight, without the proxy's word" "$(curl -s -o /dev/null -w '%{http_code}' -H "Host: $NAME" "http://127.0.0.1:$WEB/healthz")" 301
check "another host name" "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$WEB/healthz")" 400

say "What a browser sees"
check "http is sent to" "$(curl -s -o /dev/null -w '%{redirect_url}' -H "Host: $NAME" "http://127.0.0.1:$PLAIN/x/")" "https://$NAME/x/"
check "http behind the proxy is sent to" "$(curl -s -o /dev/null -w '%{redirect_url}' -H "Host: $NAME" "http://127.0.0.1:$WEB/sign-in/")" "https://$NAME/sign-in/"
check "HSTS" "$(visit -D - -o /dev/null "$BASE/sign-in/" | tr -d '\r' | sed -n 's/^strict-transport-security: //Ip')" "max-age=31536000; includeSubDomains; preload"
check "HTTP version" "$(visit -o /dev/null -w '%{http_version}' "$BASE/sign-in/")" 2
check "static files come compressed" "$(visit -H 'Accept-Encoding: gzip' -D - -o /dev/null "$BASE/static/styles/tables.css" | tr -d '\r' | sed -n 's/^content-encoding: //Ip')" gzip
sign_in zhou "$(password_of zhou)"
check "cookies that are not Secure, or not HttpOnly" "$(awk -F '\t' 'NF == 7 && ($4 != "TRUE" || $1 !~ /^#HttpOnly_/)' "$T/zhou.cookies" | wc -l)" 0
no_forgery

say "Somebody is invited by e-mail and comes by single sign-on"
check "added" "$(code send zhou "${PAGES}people/add/" --form-string person=trial --form-string name=Trial --form-string role=viewer --form-string email=trial@pumps.example --form-string authority=0 --form-string authority_units=0)" 200
for _ in $(seq 40); do ls "$T"/letters/*.eml >/dev/null 2>&1 && break; sleep 0.25; done
"$PY" -c "import email, email.policy, sys; print(email.message_from_file(open(sys.argv[1]), policy=email.policy.default).get_content())" "$T/letters/001.eml" >"$T/letter"
check "the invitation leads to" "$(grep -o 'https://[^ ]*' "$T/letter" | head -1 | cut -d/ -f1-4)" "$BASE/invitation"
browse trial /sign-in/ -o /dev/null
TO=$(send trial /sso/login/ --form-string next= | sed -n 's/.*content="0;url=\([^"]*\)".*/\1/p' | sed 's/&amp;/\&/g')
BACK=$(curl -s -o /dev/null -w '%{redirect_url}' "$TO")
check "the provider sends back to" "${BACK%%\?*}" "$BASE/sso/callback/"
check "and the answer is taken" "$(code visit -b "$T/trial.cookies" -c "$T/trial.cookies" "$BACK")" 302
check "the person finds the company" "$(code browse trial "$PAGES")" 200

say "A program, a job, a file up and down"
KEY=$(make_key trial)
VERSION=$(api /versions/current | json 'told["version"]')
JOB=$(api "/versions/$VERSION/export" -X POST -H 'Content-Type: application/json' -d '{"form": "folder"}' | json 'told["job"]')
wait_for_job "$JOB"
DOCUMENT=$(api "/jobs/$JOB" | grep -o '"document": *[0-9]*' | grep -o '[0-9]*' | head -1)
check "the export comes down" "$(code api "/documents/$DOCUMENT" -o "$T/plan.zip")" 200
api "/documents/$DOCUMENT" -o "$T/plan.zip"
ANNA=$(grep -o 'Password: .*' "$T/anna" | cut -d' ' -f2)
rm -f "$T/anna.cookies"; browse anna /sign-in/ -o /dev/null
check "the founder signs in" "$(code send anna /sign-in/ --form-string username=anna --form-string "password=$ANNA")" 302
check "the export goes up as a company of its own" "$(code send anna /new-company/upload/ -F "plan=@$T/plan.zip")" 302
truncate -s 52M "$T/large.zip"
check "a file above the limit is refused in words" "$(refused_in_words)" 413
for _ in $(seq 240); do [ "$(psql -qAt -d sandop -c "SELECT count(*) FROM store_job WHERE state IN ('queued', 'running')")" = 0 ] && break; sleep 0.5; done
check "companies" "$(psql -qAt -d sandop -c 'SELECT count(*) FROM store_company')" 2
memory "after these"
echo "   connections $(psql -qAt -d postgres -c "SELECT count(*) FROM pg_stat_activity WHERE datname = 'sandop'"); database $(psql -qAt -d postgres -c "SELECT pg_size_pretty(pg_database_size('sandop'))")"

say "A worker is told to end in the middle of its work"
JOB=$(api "/versions/$VERSION/run" -X POST -H 'Content-Type: application/json' -d '{"why": "trial"}' | json 'told["job"]')
for _ in $(seq 60); do [ "$(state_of "$JOB")" = running ] && break; sleep 0.25; done
sleep 1; memory "while a month runs"
stop_sandop
check "its job" "$(state_of "$JOB")" queued
start_sandop
wait_for_job "$JOB"
check "attempts that count" "$(psql -qAt -d sandop -c "SELECT attempt FROM store_job WHERE id = $JOB")" 1

say "The database is away, and comes back"
psql -qAt -d postgres -c 'ALTER DATABASE sandop ALLOW_CONNECTIONS false' -c "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = 'sandop'" >/dev/null
check "health" "$(code visit "$BASE/healthz")" 503
psql -qAt -d postgres -c 'ALTER DATABASE sandop ALLOW_CONNECTIONS true'
check "health" "$(code visit "$BASE/healthz")" 200
kill -0 "$WORKER_PROCESS" || fail "the worker is gone"

if [ -n "${SANDOP_TRIAL_CADDY:-}" ]; then
  say "Caddy instead of nginx"
  { printf '{\n admin off\n auto_https disable_redirects\n http_port %s\n https_port %s\n}\n' "$(free_port)" "$CADDY"
    page caddy | sed "s|^sop.example.com {|https://$NAME:$TLS {\n bind 127.0.0.1\n tls $T/cert.pem $T/key.pem|"; } >"$T/Caddyfile"
  kill "$(cat "$T/nginx/pid")"; sleep 1
  HOME=$T XDG_DATA_HOME=$T XDG_CONFIG_HOME=$T "$SANDOP_TRIAL_CADDY" run --config "$T/Caddyfile" --adapter caddyfile >"$T/caddy.log" 2>&1 & CADDY_PROCESS=$!; STARTED+=($!)
  for _ in $(seq 40); do [ "$(visit "$BASE/healthz" 2>/dev/null)" = ok ] && break; sleep 0.25; done
  sign_in zhou "$(password_of zhou)"
  no_forgery
  check "a file above the limit is refused in words" "$(refused_in_words)" 413
  end "$CADDY_PROCESS"
  nginx -p "$T/nginx" -e "$T/nginx.log" -c "$T/nginx.conf" & STARTED+=($!)
  for _ in $(seq 40); do [ "$(visit "$BASE/healthz" 2>/dev/null)" = ok ] && break; sleep 0.25; done
fi

say "PostgreSQL: backup, drop, restore"
FROZEN=$("$T/bin/python" -c "
import django; django.setup()
from django.utils import timezone
from sandop_web.store.models import Version
from sandop_web.store.publishing import publish_version
version = Version.objects.latest('pk'); publish_version(version=version, at=timezone.now()); print(version.pk)")
fingerprint >"$T/before"
run_page backup-postgres
echo "   the dump: $(du -h "$T/backups/sandop.dump" | cut -f1), $(awk '{sum += $2} $1 != "version" {rows += $2} END {print rows}' "$T/before") rows"
run_page restore-postgres
fingerprint >"$T/after"
diff "$T/before" "$T/after" && echo "   every table and every version's hash is the same" || fail "the restored database differs"
psql -qAt -d sandop -c "DELETE FROM store_entry WHERE version_id = $FROZEN" 2>"$T/refused" && fail "a published version can be changed"
echo "   a published version still cannot be changed: $(head -1 "$T/refused")"
sign_in zhou "$(password_of zhou)"
check "the program's key holds" "$(api /versions/current | json 'told["version"]')" "$VERSION"
SECONDS=0; stop_sandop; echo "   stopped within $SECONDS s"

say "SQLite, the same behind TLS as https://localhost:$TLS"
unset DATABASE_URL SANDOP_EMAIL_URL SANDOP_OIDC_ISSUER
NAME=localhost BASE=https://localhost:$TLS SANDOP_HOME=$T/home-sqlite SANDOP_URL=$BASE
rm "$T"/backups/*
found_demo
start_sandop
sign_in zhou "$(password_of zhou)"
check "cookies that are not Secure" "$(awk -F '\t' 'NF == 7 && $4 != "TRUE"' "$T/zhou.cookies" | wc -l)" 0
KEY=$(make_key trial)
VERSION=$(api /versions/current | json 'told["version"]')
api "/versions/$VERSION/sheets/sales_forecast?limit=1" >"$T/sheet.json"
keep_editing & EDITOR=$!; STARTED+=($EDITOR)
sleep 3
check "the live database is being written" "$([ -s "$SANDOP_HOME/sandop.sqlite3-wal" ] && echo yes)" yes
run_page backup-sqlite
sleep 2
touch "$T/stop"; wait $EDITOR
changes() { "$PY" -c "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM store_change').fetchone()[0])" "$1"; }
KEPT=$(changes "$T/backups/sandop.sqlite3")
echo "   $(grep -c . "$T/edits.log") edits, $KEPT of them before the backup; the copy: $(du -h "$T/backups/sandop.sqlite3" | cut -f1)"
check "the copy is whole" "$("$PY" -c "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('PRAGMA integrity_check').fetchone()[0])" "$T/backups/sandop.sqlite3")" ok
FIRST=$(cell 'told["values"][told["periods"][0]][0]')
run_page restore-sqlite
check "changes after the restore" "$(changes "$SANDOP_HOME/sandop.sqlite3")" "$KEPT"
sign_in zhou "$(password_of zhou)"
check "the cell holds what the last kept change says" "$(api "/versions/$VERSION/sheets/sales_forecast?limit=1" | json "told['values'][told['periods'][0]][0] == $FIRST + $KEPT")" True
"$T/bin/sandop-web" check
stop_sandop
say "All as docs/deployment.md says"
