# Writes the lemmas of Korean Kaist as UD Korean-GSD has them, where a rule tells. Both split words into morphemes, but by other
# conventions, and a network that learns from both mixes them: 하+었+다 and 하+았+다, 많+ㄴ and 많+은, 있+다+고 and 있+다고.
#   LC_ALL=C awk -f scripts/kaist-endings.awk kaist/train.conllu >kaist_endings/train.conllu
# Rules, for endings (tags that begin with e):
#   많+ㄴ, 있+ㄹ까    a consonant after a consonant other than ㄹ begins with 으, if the word shows it: 많+은, 있+을까; 새롭+ㄴ (새로운)
#   하+었+다          after 하, 어 is 아: 하+았+다
#   가+ㅆ+다, 내+ㅆ    a lone ㅆ is 았 after ㅏ or ㅗ, else 었: 가+았+다, 내+었
#   나+서             서 after ㅏ is 아서, after ㅓ, ㅐ or ㅔ 어서: 나+아서
#   있+다+고          다, 라, 냐, 자 and the particle 고 after it are one: 있+다고
#   완전+히, 같+이     the suffix of an adverb is not split off: 완전히, 같이
#   비슷하+ㄴ         하 is split off a stem of three syllables or more, but for 좋아하: 비슷+하+ㄴ
BEGIN {
  FS = OFS = "\t"
  for (i = 0; i < 256; i++) byte[sprintf("%c", i)] = i
  with_vowel["ㄴ"] = "은"
  with_vowel["ㄹ"] = "을"
  with_vowel["ㅁ"] = "음"
}

$1 ~ /^[0-9]+$/ && $3 != "_" { $3 = converted($2, $3, $5) }
{ print }

function converted(form, lemma, tags,    morphemes, kinds, n, i, out, last) {
  n = split(lemma, morphemes, "+")
  if (n != split(tags, kinds, "+")) return lemma
  out = last = ""
  for (i = 1; i <= n; i++) {
    if (morphemes[i] == "") return lemma
    if (i > 1 && kinds[i] ~ /^e/) morphemes[i] = ending(form, morphemes[i], last)
    if (kinds[i] ~ /^p[av]/) morphemes[i] = stem(morphemes[i])
    if (i == 1) out = morphemes[i]
    else if (kinds[i] == "jcr" && morphemes[i] == "고" && last ~ /(다|라|냐|자)$/ && kinds[i - 1] ~ /^e/) out = out morphemes[i]
    else if (kinds[i] == "xsa" && morphemes[i] ~ /^(히|이)$/ || kinds[i] == "ecs" && morphemes[i] == "이") out = out morphemes[i]
    else out = out "+" morphemes[i]
    last = morphemes[i]
  }
  return out
}

# The ending after a morpheme.
function ending(form, text, before,    first, code, vowel, final) {
  code = syllable(substr(before, length(before) - 2))
  if (code < 0) return text
  vowel = int(code % 588 / 28)
  final = code % 28
  first = substr(text, 1, 3)
  if (final > 0 && final != 8) {
    if (first in with_vowel && index(form, with_vowel[first]) > 0) return with_vowel[first] substr(text, 4)
    return text
  }
  if (final > 0) return text
  if (first == "ㅆ") return (vowel == 0 || vowel == 8 ? "았" : "었") substr(text, 4)
  if (text == "서") return vowel == 0 ? "아서" : vowel == 1 || vowel == 4 || vowel == 5 ? "어서" : text
  if (before ~ /하$/) {
    if (first == "어") return "아" substr(text, 4)
    if (first == "었") return "았" substr(text, 4)
  }
  return text
}

function stem(text) {
  return text ~ /하$/ && text !~ /(아|어|워)하$/ && length(text) >= 9 ? substr(text, 1, length(text) - 3) "+하" : text
}

# The number of a Hangul syllable of three bytes from 가; -1 for another character.
function syllable(text,    code) {
  if (length(text) != 3) return -1
  code = (byte[substr(text, 1, 1)] - 224) * 4096 + (byte[substr(text, 2, 1)] - 128) * 64 + byte[substr(text, 3, 1)] - 128 - 44032
  return code >= 0 && code < 11172 ? code : -1
}
