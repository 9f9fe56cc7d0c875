/**
 * Who asks: credentials and where they are found, what a registry demands (challenges), and what is
 * asked for (scopes). Nothing here speaks HTTP; the token exchange is {@code transport}'s.
 */
@NullMarked
package io.github.tugoci.auth;

import org.jspecify.annotations.NullMarked;
