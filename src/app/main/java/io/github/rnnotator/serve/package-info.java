/**
 * A small web page and a JSON endpoint on the local machine, to try out models. Start with {@link
 * io.github.rnnotator.serve.TagServer}; {@code TagEndpoint} answers a request, and {@code Guard}
 * refuses those addressed to another host.
 */
@NullMarked
package io.github.rnnotator.serve;

import org.jspecify.annotations.NullMarked;
