/** Charts that tell Helm's rules apart, packaged by Helm and by us. */
@NullMarked
package io.github.tugoci.helm.corpus;

import org.jspecify.annotations.NullMarked;
