package io.github.rnnotator.corenlp;

import edu.stanford.nlp.pipeline.StanfordCoreNLPServer;
import edu.stanford.nlp.util.StringUtils;
import java.io.IOException;
import java.util.Properties;

/**
 * The properties file that CoreNLP's server was started with. Its name is in a protected field of
 * the server, and a class that extends it is the only way there; there are no objects of it.
 */
final class ServerProperties extends StanfordCoreNLPServer {
  private ServerProperties() throws IOException {
    throw new AssertionError("not to be made");
  }

  /** Reads them; none where the server has no such file. */
  static Properties read() {
    return serverPropertiesPath == null
        ? new Properties()
        : StringUtils.argsToProperties("-props", serverPropertiesPath);
  }
}
