# Kaist marks proper nouns, but not which are places, persons or organizations. A proper noun that has one
# type in 8 of 10 mentions of KLUE and MultiCoNER gets it in NER=, if particles alone follow, whose length
# NER_SUFFIX= gives, and no other noun is next to it. Other proper nouns, and nouns that are names there,
# stay without a tag (_). Only sentences with such a name are written. Bytes, not characters: run it in the
# locale C.
#   LC_ALL=C awk -f proper-nouns.awk corpus=klue KLUE corpus=multiconer MULTICONER corpus=kaist KAIST
BEGIN {
  FS = OFS = "\t"
  split("PS PER LC LOC OG ORG PER PER LOC LOC CORP ORG GRP ORG", known, " ")
  for (i = 1; i < 14; i += 2) type[known[i]] = known[i + 1]
}
function points(text) { gsub(/[\200-\277]/, "", text); return length(text) }
function end_of_name(  as) {
  if (name != "") {
    as = kind in type ? type[kind] : "other"
    count[name, as]++
    all[name]++
  }
  name = ""
}
function type_of(noun,  t) {
  for (t in type)
    if (count[noun, type[t]] >= 0.8 * all[noun]) return type[t]
  return ""
}
function is_noun(row) { return row in tag && substr(tag[row], 1, 1) == "n" }
function sentence(  i, found, misc) {
  found = 0
  for (i = 1; i <= rows; i++) {
    ner[i] = suffix[i] = "_"
    parts = split(tag[i], x, "+")
    m = split(lemma[i], morpheme, "+")
    proper = 0
    particles = 1
    for (k = 1; k <= parts; k++) {
      if (x[k] == "nq") proper = 1
      if (k > 1 && substr(x[k], 1, 1) != "j") particles = 0
    }
    noun = morpheme[1]
    if (!proper) {
      if (!(is_noun(i) && noun in all)) ner[i] = "O"
      continue
    }
    before = i > 1 ? tag[i - 1] : ""
    sub(/.*\+/, "", before)
    if (parts != m || x[1] != "nq" || !particles || substr(before, 1, 1) == "n" || (parts == 1 && is_noun(i + 1)))
      continue
    if (!(noun in all) || noun ~ / / || points(noun) < 2 || index(form[i], noun) != 1) continue
    found_type = type_of(noun)
    if (found_type == "") continue
    ner[i] = "B-" found_type
    suffix[i] = points(form[i]) - points(noun)
    found = 1
  }
  if (found && whole) {
    printf "%s", comments
    for (i = 1; i <= rows; i++) {
      misc = last[i] == "_" ? "" : last[i]
      print first[i], misc (misc == "" ? "" : "|") "NER=" ner[i] "|NER_SUFFIX=" suffix[i]
    }
    print ""
  }
  for (i = 1; i <= rows; i++) delete tag[i]
  rows = 0
  comments = ""
  whole = 1
}
FNR == 1 { end_of_name(); whole = 1 }
corpus != "kaist" {
  if ($2 !~ /^I/) end_of_name()
  if ($2 ~ /^B/) { name = $1; kind = substr($2, 3) }
  else if ($2 ~ /^I/ && name != "") name = name (corpus == "multiconer" ? " " : "") ($1 == "\342\220\243" ? " " : $1)
  next
}
$0 == "" { sentence(); next }
/^#/ { comments = comments $0 "\n"; next }
{
  if ($1 !~ /^[0-9]+$/) whole = 0
  rows++
  form[rows] = $2; lemma[rows] = $3; tag[rows] = $5; last[rows] = $10
  sub(/\t[^\t]*$/, "")
  first[rows] = $0
}
END { if (rows) sentence() }
