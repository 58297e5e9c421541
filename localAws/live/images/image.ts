/** A root file system as folders for overlayfs; the first is the top layer. */
export interface Image {
  readonly layers: readonly string[];
  /** Changes with the image's content. */
  readonly key: string;
}
