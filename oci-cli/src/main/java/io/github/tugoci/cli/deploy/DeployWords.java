package io.github.tugoci.cli.deploy;

/**
 * The words in which a deployment is asked for.
 *
 * @param chart the chart's repository
 * @param version the chart's version
 * @param images the images by their keys, as JSON
 */
record DeployWords(String chart, String version, String images) {}
