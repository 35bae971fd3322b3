#!/bin/sh
# Makes tests/fixtures/word/budget.{doc,docx,rtf} from budget.fodt with LibreOffice
# (Debian: apt-get install --no-install-recommends libreoffice-writer-nogui).
set -eu
cd "$(dirname "$0")/../tests/fixtures/word"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
for filter in 'doc:MS Word 97' 'docx:MS Word 2007 XML' 'rtf:Rich Text Format'; do
    soffice "-env:UserInstallation=file://$profile" --headless --convert-to "$filter" budget.fodt
done
