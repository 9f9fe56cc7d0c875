/** All that a program on the module path has to say. */
module com.example.consumer {
  requires io.github.tugoci.core;
}
