package io.github.rnnotator.corenlp;

import edu.stanford.nlp.pipeline.StanfordCoreNLPServer;
import edu.stanford.nlp.util.StringUtils;
import java.io.IOException;
import java.util.Properties;

/**
 * The properties file of CoreNLP's server. Its name is in a protected field of the server, which
 * only a subclass can read; this one is never instantiated.
 */
final class ServerProperties extends StanfordCoreNLPServer {
  private ServerProperties() throws IOException {
    throw new AssertionError("never instantiated");
  }

  /** Reads the properties; none if the server has no such file. */
  static Properties read() {
    return serverPropertiesPath == null
        ? new Properties()
        : StringUtils.argsToProperties("-props", serverPropertiesPath);
  }
}
