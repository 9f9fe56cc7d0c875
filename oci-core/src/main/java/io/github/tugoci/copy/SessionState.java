package io.github.tugoci.copy;

import io.github.tugoci.concurrent.TaskGroup;

/**
 * The state that the copies of a session share.
 *
 * @param options how copies are made
 * @param threads what moves several pieces at once
 * @param copied what the session has brought where
 * @param targetTags what is known of the targets' tags
 * @param sourceTags what is known of the sources' tags
 * @param probesRoots whether a target that can tell is asked for each root before anything moves
 */
record SessionState(
    CopyOptions options,
    TaskGroup threads,
    CopiedContent copied,
    TargetTags targetTags,
    SourceTags sourceTags,
    boolean probesRoots) {

  static SessionState of(CopyOptions options, boolean probesRoots) {
    return new SessionState(
        options,
        new TaskGroup(options.concurrency(), options.threads()),
        new CopiedContent(),
        new TargetTags(options.overwrite(), probesRoots),
        new SourceTags(),
        probesRoots);
  }
}
