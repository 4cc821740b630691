package io.github.rnnotator.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rnnotator tag}. */
@Command(name = "tag")
final class TagCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
