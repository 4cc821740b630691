/**
 * Standard input and output, and terminals: failures that determine the exit status, colours, and
 * control characters that untrusted text can't send. Start with {@link
 * io.github.rnnotator.cli.console.StandardOutput}.
 */
@NullMarked
package io.github.rnnotator.cli.console;

import org.jspecify.annotations.NullMarked;
