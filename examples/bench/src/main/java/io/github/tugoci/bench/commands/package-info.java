/**
 * Commands beside their peers, each a fresh process. It stands on the JDK and, for what is warm, on
 * the library alone, so that {@code examples/bench/run} starts it without Maven.
 */
package io.github.tugoci.bench.commands;
