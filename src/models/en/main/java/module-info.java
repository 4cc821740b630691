/** A bundled model: META-INF/rnnotator/models/en.rnn. */
module io.github.rnnotator.model.en {}
