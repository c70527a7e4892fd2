# To be sourced: one temp folder for everything that a run makes, and what its tests have left there.
# The name is short because paths of unix sockets end at 107 bytes.
temp_root=$(mktemp -d "${TMPDIR:-/tmp}/gw.XXXX") || exit 1
export TMPDIR=$temp_root

# What tests have left behind, in one line. Not theirs: pipes of the runtime's diagnostics, which stay when a test kills a process,
# folders of the build, and the empty ones (six letters) that the test platform makes for each run. "results" is the test command's own.
left_in_temp_root() {
    find "$temp_root" -mindepth 1 -maxdepth 1 \
        ! -name 'clr-debug-pipe-*' ! -name 'dotnet-diagnostic-*' ! -name '.dotnet' ! -name 'MSBuildTemp*' \
        ! -name 'NuGetScratch*' ! -name 'VBCSCompiler' ! -name 'hsperfdata_*' ! -name results \
        ! \( -type d -empty -name '??????' \) -printf '%f ' | head -c 500
}

clear_temp_root() { find "$temp_root" -mindepth 1 -maxdepth 1 ! -name results -exec rm -rf {} +; }

remove_temp_root() { rm -rf "$temp_root"; }
