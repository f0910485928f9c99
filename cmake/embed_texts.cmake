# cmake -DFOLDER=… -DOUTPUT=… -DHEADER=… -DNAMESPACE=… -DTYPE=… -DFUNCTION=… -P embed_texts.cmake: a source with every
# text file below FOLDER as a row {path, content} of the TYPE that HEADER declares, given by FUNCTION.
file(GLOB_RECURSE names RELATIVE "${FOLDER}" "${FOLDER}/*")
list(SORT names)
set(rows "")
foreach(name IN LISTS names)
  file(READ "${FOLDER}/${name}" content)
  string(REPLACE "\r\n" "\n" content "${content}")
  string(APPEND rows "    {\"${name}\", R\"text(${content})text\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"${HEADER}\"

namespace ${NAMESPACE} {
namespace {

constexpr ${TYPE} kRows[] = {
${rows}};

} // namespace

std::span<const ${TYPE}> ${FUNCTION}() { return kRows; }

} // namespace ${NAMESPACE}
")
