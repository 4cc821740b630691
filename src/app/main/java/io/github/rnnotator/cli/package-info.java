/** The command line. The only package that prints or exits. */
@NullMarked
package io.github.rnnotator.cli;

import org.jspecify.annotations.NullMarked;
