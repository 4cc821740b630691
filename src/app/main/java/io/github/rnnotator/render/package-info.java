/**
 * Tagged text for viewing: {@link io.github.rnnotator.render.HtmlFormat} for browsers, {@link
 * io.github.rnnotator.render.TableFormat} for terminals, with the colours of {@link
 * io.github.rnnotator.render.TagStyle}.
 */
@NullMarked
package io.github.rnnotator.render;

import org.jspecify.annotations.NullMarked;
