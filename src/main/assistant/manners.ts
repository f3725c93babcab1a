/** How prompts for a family of models are best written, told to the assistant; by the beginning of the model's id. */
const notes: [prefix: string, note: string][] = [
  [
    'luma-',
    'Luma Ray2 takes English only. One flowing description of 3 to 6 sentences works best: first the camera and the kind of shot, then the subject with its material details, then one clear action that can happen in the length of the clip, then setting, light and mood. It follows natural physics and camera words (dolly in, crane up, orbit left, handheld, static). It has no negative prompt: say what is to be seen, never what is not. With a first or last frame describe the motion, not the picture again.',
  ],
  [
    'wan',
    'Wan2.2 understands English and Chinese. It answers well to one dense paragraph in the order subject, action, setting, light, lens and shot size, camera move, style; words of film craft are understood literally (rim light, low-angle, medium close-up, warm colour, shallow depth of field). Unwanted things belong into its separate negative prompt, not into this one. It makes about five seconds: one action, one camera move.',
  ],
  [
    'runway-',
    'Runway Gen-4 and its neighbours want short, direct, physical English, at most 1000 characters. For an image to video describe only the motion: of the subject, of the scene, of the camera, in that order; do not describe again what the image shows. Use positive wording only, no lists of tags, no conversation, no commands; one scene for each clip.',
  ],
  [
    'kling',
    'Kling takes English or Chinese. The order that works is subject (with its looks), subject movement, scene (with its details), then camera, light and atmosphere. Simple verbs and movements that are possible in the clip; few subjects; no numbers of things. With a first frame describe what moves. What is not wanted has its own negative prompt.',
  ],
  [
    'jimeng',
    '即梦（Jimeng）最好用中文写，建议不超过 400 字，最多 800 字。顺序为：主体与外观，动作，环境，镜头语言（景别、运镜，例如“镜头缓慢推近”“环绕拍摄”“固定镜头”），光影与风格。句子通顺、具体，不要堆砌标签，不要写不想出现的东西。用首帧图时只写运动和镜头变化。',
  ],
  [
    'animatic',
    'The animatic is a moving storyboard of the prompt made on this computer: its words are shown, so it wants one or two plain sentences that a crew would understand.',
  ],
]

/** What to tell the assistant of a video model's manner; null where nothing is known. */
export function noteOf(model: string): string | null {
  return notes.find(([prefix]) => model.startsWith(prefix))?.[1] ?? null
}
