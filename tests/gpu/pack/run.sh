#!/bin/sh
# Checks and measures Contrail's HRM on the GPU of this machine; needs a Vulkan driver, no network, nothing installed.
#
#   ./run.sh [--no-checks]          one JSON line per check and per figure
#   ./run.sh --software [--tiny]    also on an adapter made of software; tiny sizes, to see that everything runs
cd "$(dirname "$0")" || exit 1

# The Vulkan loader in lib/ is for machines that have a driver but no loader.
if ! ldconfig -p 2>/dev/null | grep -q 'libvulkan\.so\.1'; then
  export LD_LIBRARY_PATH="$PWD/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fi

# Drivers are described in files that the loader does not look for everywhere.
if [ -z "$VK_DRIVER_FILES$VK_ICD_FILENAMES" ] &&
  ! ls /usr/share/vulkan/icd.d/*.json /etc/vulkan/icd.d/*.json >/dev/null 2>&1; then
  for file in /usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json /usr/lib/chromium/vk_swiftshader_icd.json; do
    if [ -e "$file" ]; then
      export VK_DRIVER_FILES="$file" VK_ICD_FILENAMES="$file"
      break
    fi
  done
fi

exec ./node run.mjs "$@"
