#!/usr/bin/env bash
# Makes the documents in this folder from letter.md and tracked.md with the
# programs that people make documents with. They are kept in the repository;
# run this only to change them. On Debian:
#
#   apt-get install pandoc groff ghostscript qpdf libreoffice-writer-nogui chromium fonts-liberation python3
#
# office-* come from LibreOffice, print-* from Chromium, troff-* from groff and
# Ghostscript, pandoc-* from pandoc.
set -euo pipefail
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export SOURCE_DATE_EPOCH=2007543000

office() { # office IN FORMAT OUT
  soffice -env:UserInstallation="file://$tmp/profile" --headless --convert-to "$2" --outdir "$tmp/out" "$1" >/dev/null
  mv "$tmp/out/$(basename "${1%.*}").${2%%:*}" "$3"
}

# columns IN OUT sets the text of a Word document in two columns.
columns() {
  python3 - "$1" "$2" <<'PY'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as a, zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as b:
    for i in a.infolist():
        data = a.read(i)
        if i.filename == "word/document.xml":
            s = data.decode()
            two = '<w:cols w:num="2" w:space="400"/>'
            if "<w:sectPr />" in s: s = s.replace("<w:sectPr />", "<w:sectPr>" + two + "</w:sectPr>")
            elif "</w:sectPr>" in s: s = s.replace("</w:sectPr>", two + "</w:sectPr>")
            else: s = s.replace("</w:body>", "<w:sectPr>" + two + "</w:sectPr></w:body>")
            data = s.encode()
        b.writestr(i, data)
PY
}

# shellcheck disable=SC2016 # the template's own variables
printf '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>$title$</title></head><body>\n$body$\n</body></html>\n' >"$tmp/plain.html"
pandoc letter.md -o pandoc.docx
pandoc letter.md -o pandoc.odt
pandoc letter.md -s -o pandoc.rtf
pandoc letter.md -o pandoc.epub --metadata title="Letter of Elharin" --split-level=2 2>/dev/null || pandoc letter.md -o pandoc.epub --metadata title="Letter of Elharin" --epub-chapter-level=2
pandoc letter.md -s --metadata title="Letter of Elharin" --template="$tmp/plain.html" -o pandoc.html
pandoc letter.md -s --template=page.tmpl.html -o page.html
pandoc tracked.md -o tracked.docx

# A mail with the letter as its text, quoted-printable, and as an attachment.
python3 - <<'PY'
import email.policy, email.utils
from email.message import EmailMessage
m = EmailMessage(policy=email.policy.SMTP)
m["From"] = "Mission of Elharin <mission@elharin.example>"
m["To"] = "Secretary of the Assembly <secretary@assembly.example>"
m["Date"] = "Sat, 13 Aug 2033 18:05:00 +0200"
m["Subject"] = "The gates of the Adrun Dam – our létter"
m["Message-ID"] = "<1@elharin.example>"
m.set_content("Dear Secretary,\n\nplease find our letter attached. “Not one boat” came from upstream, as it says, and we ask\nthat it be circulated before the meeting.\n\nYours sincerely,\nYsolde Marrant\n")
m.add_alternative("<html><body><p>Dear Secretary,</p><p>please find our letter attached. “Not one boat” came from upstream, as it says, and we ask that it be circulated before the meeting.</p></body></html>", subtype="html")
m.add_attachment(open("pandoc.docx", "rb").read(), maintype="application", subtype="vnd.openxmlformats-officedocument.wordprocessingml.document", filename="létter.docx")
m.add_attachment(b"\x00\x01\x02\x03" * 20, maintype="application", subtype="octet-stream", filename="log.bin")
data = m.as_bytes()
for i, part in enumerate(p for p in m.walk() if p.is_multipart()):
    data = data.replace(part.get_boundary().encode(), b"=_part_%d" % i)
open("mail.eml", "wb").write(data)
PY

office pandoc.docx docx "$tmp/office.docx" && mv "$tmp/office.docx" office.docx
office pandoc.docx odt office.odt
office pandoc.docx rtf office.rtf
office pandoc.docx html office.html
office tracked.docx odt tracked.odt
office tracked.docx rtf tracked.rtf

# A letter with a letterhead in the head of its first page.
office letterhead.fodt odt letterhead.odt
office letterhead.fodt docx letterhead.docx

office pandoc.docx pdf office-one.pdf
grep -v '^|' letter.md | pandoc -o "$tmp/plain.docx" # its table is wider than a column
columns "$tmp/plain.docx" "$tmp/two.docx"
office "$tmp/two.docx" pdf office-two.pdf

print() { chromium --headless --no-sandbox --disable-gpu --print-to-pdf="$2" "file://$1" 2>/dev/null; }
cp pandoc.html "$tmp/one.html"
print "$tmp/one.html" "$PWD/print-one.pdf"
sed "s|</head>|<style>$(tr '\n' ' ' <two.css)</style></head>|; s|<html>|<html lang=\"en\">|" pandoc.html >"$tmp/two.html"
print "$tmp/two.html" "$PWD/print-two.pdf"

# A letter with heads and feet, footnotes and hyphenation, in one and two columns.
ms() { pandoc letter.md -t ms -s | sed '1i .ds LH Mission of Elharin\n.ds RH 13 August 2033\n.ds CF - % -'; }
ms | groff -k -t -ms -Tps -P-pa4 >"$tmp/one.ps" 2>/dev/null
ps2pdf "$tmp/one.ps" troff-one.pdf
ms | sed 's/^\.1C$/.2C/' | groff -k -t -ms -Tps -P-pa4 >"$tmp/two.ps" 2>/dev/null
ps2pdf "$tmp/two.ps" troff-two.pdf

qpdf --encrypt secret secret 256 -- print-one.pdf locked.pdf
qpdf --encrypt "" owner 256 --extract=n -- office-one.pdf open-locked.pdf
qpdf --rotate=90 office-one.pdf rotated.pdf
gs -q -sDEVICE=pdfimage8 -r40 -dFirstPage=1 -dLastPage=1 -o scan.pdf office-one.pdf
ls -l
