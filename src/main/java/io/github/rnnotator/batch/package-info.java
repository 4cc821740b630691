/** Tags a corpus of any size: side by side, in constant memory, killed and resumed without loss. */
@NullMarked
package io.github.rnnotator.batch;

import org.jspecify.annotations.NullMarked;
