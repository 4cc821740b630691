/** A bundled model: META-INF/rnnotator/models/en-fast.rnn. */
module io.github.rnnotator.model.en.fast {}
