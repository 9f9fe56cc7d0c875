package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.Location;

/**
 * A copy to be made.
 *
 * @param from what is copied
 * @param to where to; without a tag it gets the source's
 */
record CopyJob(Location from, Location to) {}
