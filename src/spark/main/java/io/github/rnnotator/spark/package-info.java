/** Rnnotator on Apache Spark: a Spark ML transformer, and a program that tags a corpus. */
package io.github.rnnotator.spark;
