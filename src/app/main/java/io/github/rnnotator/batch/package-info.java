/**
 * Tags a corpus of any size in parallel and in constant memory; a killed run resumes without loss.
 */
@NullMarked
package io.github.rnnotator.batch;

import org.jspecify.annotations.NullMarked;
