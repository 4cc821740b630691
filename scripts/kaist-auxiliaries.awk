# Brings the Korean Kaist treebank of 2018 to UD's guidelines of today, where auxiliaries are a closed list: the train part as its authors
# published it calls every word that begins with an auxiliary predicate (px) by its function, or AUX.
#   LC_ALL=C awk -f scripts/kaist-auxiliaries.awk kaist/train.conllu >train.conllu
# Rules:
#   있다, 하는, 않고, 싶은    auxiliaries; so is the copula that is a word, 이라는. The lemma is the stem: 있, not 있+다
#   되었다, 못한            all other words that were AUX are VERB
BEGIN {
  FS = OFS = "\t"
  split("있 하 않 싶", stems, " ")
  for (i in stems) auxiliary[stems[i]]
}

$1 ~ /^[0-9]+$/ {
  n = split($3, morphemes, "+")
  if ($5 ~ /^px(\+|$)/ && (morphemes[1] in auxiliary) || $5 ~ /^jp\+/ && morphemes[1] == "이") {
    $4 = "AUX"
    $3 = morphemes[1]
  } else if ($4 == "AUX") {
    $4 = "VERB"
  }
}
{ print }
