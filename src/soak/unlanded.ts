/** The load did not land, or nobody can tell how much of it: the run says nothing about leaks. */
export class Unlanded extends Error {
  override readonly name = "Unlanded";
}
