/** A bundled model: META-INF/rnnotator/models/ko.rnn. */
module io.github.rnnotator.model.ko {}
