/**
 * Credentials and where they are found. Nothing here speaks HTTP: challenges, scopes and the token
 * exchange are {@code transport}'s.
 */
@NullMarked
package io.github.tugoci.auth;

import org.jspecify.annotations.NullMarked;
