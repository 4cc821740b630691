/**
 * The command line: parses arguments, calls, prints. The only package that prints or exits. Start
 * with {@link io.github.rnnotator.cli.Main}; each command is a class of its own, such as {@code
 * TagCommand}, and {@code Errors} turns exceptions into one line and an exit status.
 */
@NullMarked
package io.github.rnnotator.cli;

import org.jspecify.annotations.NullMarked;
