/**
 * Charts that tell Helm's rules apart, packaged by the real Helm and by us. A chart is added to the
 * cases of its topic; {@link io.github.tugoci.helm.corpus.CorpusIT} does the rest.
 */
@NullMarked
package io.github.tugoci.helm.corpus;

import org.jspecify.annotations.NullMarked;
